package dev.kamalbackup.cli.faults;

/** The first, third and so on of the faults. */
class FaultCampaignIT extends FaultCampaign {
    FaultCampaignIT() {
        super(0);
    }
}
