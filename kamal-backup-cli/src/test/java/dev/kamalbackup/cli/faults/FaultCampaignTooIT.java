package dev.kamalbackup.cli.faults;

/** The second, fourth and so on of the faults. */
class FaultCampaignTooIT extends FaultCampaign {
    FaultCampaignTooIT() {
        super(1);
    }
}
