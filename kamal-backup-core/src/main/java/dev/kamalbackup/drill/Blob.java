package dev.kamalbackup.drill;

import java.util.Optional;

/**
 * A blob that the app's database says it has, as Rails' Active Storage keeps them.
 *
 * @param key its key, by which its service finds the file
 * @param bytes how long it is
 * @param checksum the MD5 of its content in Base64; newer versions of Rails may leave it out
 * @param service the service that keeps it; older versions of Rails do not say
 * @param attached whether anything refers to it, as far as is known
 */
public record Blob(String key, long bytes, Optional<String> checksum, Optional<String> service, boolean attached) {}
