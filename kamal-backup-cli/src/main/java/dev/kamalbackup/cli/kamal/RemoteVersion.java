package dev.kamalbackup.cli.kamal;

/**
 * What the accessory runs.
 *
 * @param version as it says itself
 * @param channel through which it was asked, and can be asked again
 */
public record RemoteVersion(String version, Channel channel) {}
