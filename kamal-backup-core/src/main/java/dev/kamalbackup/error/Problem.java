package dev.kamalbackup.error;

/**
 * One thing wrong with the configuration.
 *
 * @param place where: {@code config/kamal-backup.yml:12}, {@code environment}, or empty for settings made in code
 * @param key the key path, as in {@code databases[2].password}
 * @param message what is wrong and what would be right; never a secret value
 */
public record Problem(String place, String key, String message) {
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder();
        if (!place.isEmpty()) {
            line.append(place).append(": ");
        }
        if (!key.isEmpty()) {
            line.append(key).append(": ");
        }
        return line.append(message).toString();
    }
}
