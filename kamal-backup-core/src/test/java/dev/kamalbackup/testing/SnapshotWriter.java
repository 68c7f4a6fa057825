package dev.kamalbackup.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.plan.DumpHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes snapshots into a repository by the thousand, each of an empty tree at any time: restic would need a process for
 * each. As restic's design document has it: AES-256 in counter mode, then Poly1305-AES, the file named by its SHA-256.
 */
public final class SnapshotWriter {
    private static final int BLOCK = 16;
    private static final BigInteger PRIME = BigInteger.TWO.pow(130).subtract(BigInteger.valueOf(5));
    private static final BigInteger CLAMP = new BigInteger("0ffffffc0ffffffc0ffffffc0fffffff", 16);

    private final Path snapshots;
    private final byte[] encryptionKey;
    private final byte[] macKey;
    private final BigInteger macFactor;
    private final Random random = new Random(4);

    /** For a repository in a folder. */
    public SnapshotWriter(Path repository, TestRepository restic) throws IOException, InterruptedException {
        JsonNode key = new ObjectMapper().readTree(restic.run("cat", "masterkey", "--no-lock", "-q"));
        snapshots = repository.resolve("snapshots");
        encryptionKey = bytes(key.path("encrypt"));
        macKey = bytes(key.path("mac").path("k"));
        macFactor = littleEndian(bytes(key.path("mac").path("r"))).and(CLAMP);
    }

    /** Writes one and answers its id. */
    public String write(OffsetDateTime time, String host, List<String> tags) throws IOException {
        ObjectNode snapshot = new ObjectMapper().createObjectNode();
        snapshot.put("time", time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME));
        snapshot.put("tree", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        snapshot.putArray("paths").add("/data");
        snapshot.put("hostname", host);
        tags.forEach(snapshot.putArray("tags")::add);
        byte[] file = sealed(snapshot.toString().getBytes(StandardCharsets.UTF_8));
        DumpHash hash = new DumpHash();
        hash.accept(file, file.length);
        Files.write(snapshots.resolve(hash.hex()), file);
        return hash.hex();
    }

    private byte[] sealed(byte[] plain) {
        try {
            byte[] nonce = new byte[BLOCK];
            random.nextBytes(nonce);
            Cipher counter = Cipher.getInstance("AES/CTR/NoPadding");
            counter.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(encryptionKey, "AES"), new IvParameterSpec(nonce));
            byte[] secret = counter.doFinal(plain);
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(nonce);
            file.writeBytes(secret);
            file.writeBytes(mac(secret, nonce));
            return file.toByteArray();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has AES", impossible);
        }
    }

    private byte[] mac(byte[] message, byte[] nonce) throws GeneralSecurityException {
        BigInteger sum = BigInteger.ZERO;
        for (int from = 0; from < message.length; from += BLOCK) {
            byte[] block = Arrays.copyOfRange(message, from, Math.min(message.length, from + BLOCK));
            BigInteger padded = littleEndian(block).setBit(8 * block.length);
            sum = sum.add(padded).multiply(macFactor).mod(PRIME);
        }
        Cipher block = Cipher.getInstance("AES/ECB/NoPadding");
        block.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(macKey, "AES"));
        BigInteger tag = sum.add(littleEndian(block.doFinal(nonce)));
        byte[] bytes = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            bytes[i] = tag.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    private static byte[] bytes(JsonNode base64) {
        return Base64.getDecoder().decode(base64.asText());
    }
}
