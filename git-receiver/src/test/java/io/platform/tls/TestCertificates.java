package io.platform.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Makes certificates as an authority does, with keytool. */
public final class TestCertificates {
  private static final String PASSWORD = "changeit";
  private static final String AUTHORITY = "authority";

  private final Path store;
  private int count;

  /** An authority whose keys are in this directory. */
  public TestCertificates(Path directory) throws Exception {
    this.store = directory.resolve("keys.p12");
    keytool(AUTHORITY, "EC", "-dname", "CN=Test Authority", "-ext", "bc:c", "-validity", "30");
  }

  /**
   * A certificate.
   *
   * @param certificates signed by the authority, whose own certificate follows
   */
  public record Issued(List<X509Certificate> certificates, PrivateKey privateKey) {
    public String chain() {
      return new CertificateChain(certificates).toPem();
    }

    public String key() {
      return pem("PRIVATE KEY", privateKey.getEncoded());
    }

    /** The key as OpenSSL's older programs wrote it: what PKCS #8 wraps. */
    String olderKey(String label) {
      byte[] whole = privateKey.getEncoded();
      for (int at = 1; at < whole.length; at++) {
        int header = headerOfLast(whole, at);
        if (header > 0) {
          return pem(label, Arrays.copyOfRange(whole, at + header, whole.length));
        }
      }
      throw new AssertionError("no octet string");
    }

    /** The length of the header of an octet string that reaches the end; 0 where none begins. */
    private static int headerOfLast(byte[] der, int at) {
      if (der[at] != 4) {
        return 0;
      }
      int left = der.length - at;
      if (left - 2 < 128) {
        return der[at + 1] == left - 2 ? 2 : 0;
      }
      int header = left - 3 < 256 ? 3 : 4;
      int length =
          header == 3
              ? der[at + 2] & 0xff
              : ((der[at + 2] & 0xff) << 8) | (der[Math.min(at + 3, der.length - 1)] & 0xff);
      return (der[at + 1] & 0xff) == (0x80 | (header - 2)) && length == left - header ? header : 0;
    }
  }

  static String pem(String label, byte[] der) {
    return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
        .formatted(label, Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der));
  }

  /** A certificate for these names that is valid for 30 days, with a key of this kind. */
  public Issued issue(String algorithm, String... names) throws Exception {
    return issue(algorithm, "-0d", 30, names);
  }

  /**
   * A certificate for these names.
   *
   * @param start as keytool has it: {@code -10d}
   */
  public Issued issue(String algorithm, String start, int days, String... names) throws Exception {
    String alias = "cert" + ++count;
    String san = "san=" + String.join(",", Arrays.stream(names).map("dns:"::concat).toList());
    keytool(
        alias,
        algorithm,
        "-dname",
        "CN=" + names[0].replace("*", "any"),
        "-ext",
        san,
        "-signer",
        AUTHORITY,
        "-startdate",
        start,
        "-validity",
        Integer.toString(days));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    List<X509Certificate> chain = new ArrayList<>();
    for (Certificate certificate : keys.getCertificateChain(alias)) {
      chain.add((X509Certificate) certificate);
    }
    return new Issued(chain, (PrivateKey) keys.getKey(alias, PASSWORD.toCharArray()));
  }

  private void keytool(String alias, String algorithm, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-J-XX:+UseSerialGC", "-J-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of(
            "-genkeypair", "-alias", alias, "-keyalg", algorithm, "-keystore", store.toString()));
    command.addAll(List.of("-storepass", PASSWORD));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), US_ASCII);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
