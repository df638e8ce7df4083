package io.platform.tls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.platform.domain.CertificateLimits;
import io.platform.domain.DomainName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsableCertificateTest {
  private static final String NAME = "www.example.net";

  private static @Nullable TestCertificates made;

  @BeforeAll
  static void begin(@TempDir Path directory) throws Exception {
    made = new TestCertificates(directory);
  }

  private static TestCertificates authority() {
    return requireNonNull(made);
  }

  private static UsableCertificate check(String chain, String key) throws CertificateProblem {
    return UsableCertificate.check(chain, key, CertificateLimits.defaults(), Instant.now());
  }

  private static void assertRefused(String sentence, String chain, String key) {
    assertThatThrownBy(() -> check(chain, key))
        .isInstanceOf(CertificateProblem.class)
        .hasMessageStartingWith(sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC", "Ed25519"})
  void acceptsKeysOfEachKind(String algorithm) throws Exception {
    TestCertificates.Issued issued = authority().issue(algorithm, NAME, "*.example.org");
    UsableCertificate usable = check("a comment\n" + issued.chain(), issued.key());
    assertThat(usable.key()).isEqualTo(issued.privateKey());
    assertThat(usable.chain().certificates()).isEqualTo(issued.certificates());
    assertThat(usable.chain().names()).containsExactly("*.example.org", NAME);
    assertThat(usable.chain().issuer()).isEqualTo("CN=Test Authority");
    assertThat(UsableCertificate.read(usable.chain().toPem(), usable.keyPem())).isEqualTo(usable);
  }

  @ParameterizedTest
  @CsvSource({"RSA, RSA PRIVATE KEY", "EC, EC PRIVATE KEY"})
  void acceptsTheOlderFormsOfKeys(String algorithm, String label) throws Exception {
    TestCertificates.Issued issued = authority().issue(algorithm, NAME);
    assertThat(check(issued.chain(), issued.olderKey(label)).key()).isEqualTo(issued.privateKey());
  }

  @Test
  void aWildcardIsForTheNamesOneLabelBelow() throws Exception {
    CertificateChain chain =
        new CertificateChain(authority().issue("EC", "*.example.org").certificates());
    assertThat(chain.isFor(new DomainName("www.example.org"))).isTrue();
    assertThat(chain.isFor(new DomainName("*.example.org"))).isTrue();
    assertThat(chain.isFor(new DomainName("example.org"))).isFalse();
    assertThat(chain.isFor(new DomainName("a.b.example.org"))).isFalse();
    assertThat(
            new CertificateChain(authority().issue("EC", "www.example.org").certificates())
                .isFor(new DomainName("*.example.org")))
        .isFalse();
  }

  @Test
  void refusesAKeyThatIsNotItsOwn() throws Exception {
    TestCertificates.Issued issued = authority().issue("EC", NAME);
    String other = "The private key is not that of the certificate";
    assertRefused(other, issued.chain(), authority().issue("EC", NAME).key());
    assertRefused(other, issued.chain(), authority().issue("RSA", NAME).key());
    assertRefused("The second file has no private key", issued.chain(), issued.chain());
    String encrypted = "The private key is protected by a password";
    assertRefused(
        encrypted, issued.chain(), TestCertificates.pem("ENCRYPTED PRIVATE KEY", new byte[40]));
    assertRefused(
        encrypted,
        issued.chain(),
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
    assertRefused(
        "The private key is damaged",
        issued.chain(),
        "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n");
    assertRefused(
        "The private key is not that of the certificate, or cannot be read",
        issued.chain(),
        TestCertificates.pem("PRIVATE KEY", new byte[40]));
  }

  @Test
  void refusesACertificateThatCannotBeServed() throws Exception {
    TestCertificates.Issued issued = authority().issue("EC", NAME);
    assertRefused("The first file has no certificate", issued.key(), issued.key());
    assertRefused("The first file has no certificate", "", issued.key());
    assertRefused(
        "The certificate cannot be read",
        TestCertificates.pem("CERTIFICATE", new byte[40]),
        issued.key());
    TestCertificates.Issued old = authority().issue("EC", "-10d", 5, NAME);
    assertRefused("The certificate expired on ", old.chain(), old.key());
    TestCertificates.Issued early = authority().issue("EC", "+10d", 5, NAME);
    assertRefused("The certificate is valid from ", early.chain(), early.key());
    assertRefused("Certificate and key may have 64 KiB each", "x".repeat(65_537), issued.key());
  }

  @Test
  void refusesAChainInAnotherOrder() throws Exception {
    TestCertificates.Issued issued = authority().issue("EC", NAME);
    String own = new CertificateChain(issued.certificates().subList(0, 1)).toPem();
    String issuer = new CertificateChain(issued.certificates().subList(1, 2)).toPem();
    assertThat(check(own, issued.key()).chain().certificates()).hasSize(1);
    assertRefused(
        "The private key is that of a later certificate in the file", issuer + own, issued.key());
    assertRefused(
        "Certificate 1 in the file was not signed by certificate 2", own + own, issued.key());
    List<Integer> many = List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertRefused(
        "The file has 11 certificates; the limit is 10",
        String.join("", many.stream().map(i -> own).toList()),
        issued.key());
  }
}
