package io.platform.persistence;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.platform.domain.App;
import io.platform.domain.AppCertificate;
import io.platform.domain.AppEvent;
import io.platform.domain.DomainLimits;
import io.platform.domain.DomainName;
import io.platform.domain.RecordedEvent;
import io.platform.domain.port.AppCertificates;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class SqlAppCertificatesTest {
  private static final String ADA = "ada@example.com";
  private static final DomainName WWW = new DomainName("www.example.net");
  private static final DomainName ANY = new DomainName("*.example.net");
  private static final Instant END = Instant.parse("2026-12-24T18:00:00Z");
  private static final AppCertificates.WithKey FIRST =
      new AppCertificates.WithKey("first chain", "first key");
  private static final AppCertificates.WithKey SECOND =
      new AppCertificates.WithKey("second chain", "second key");

  private final TestDatabase database;
  @TempDir Path directory;
  private Fixture fixture;
  private AppCertificates certificates;

  SqlAppCertificatesTest(TestDatabase database) {
    this.database = database;
  }

  @BeforeEach
  void open() {
    fixture = new Fixture(database, directory);
    certificates = fixture.stores.certificates();
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private App shop() throws Exception {
    App shop = fixture.app("shop");
    fixture.stores.domains().add(shop.id(), WWW, DomainLimits.defaults(), ADA);
    fixture.stores.domains().add(shop.id(), ANY, DomainLimits.defaults(), ADA);
    return shop;
  }

  private AppCertificates.WithKey served(DomainName domain) {
    return certificates.find(requireNonNull(certificates.served().get(domain))).orElseThrow();
  }

  @Test
  void areOnePerDomainAndGoWithIt() throws Exception {
    App shop = shop();
    App blog = fixture.app("blog");
    assertThat(certificates.put(blog.id(), List.of(WWW), FIRST, END, ADA)).isFalse();
    assertThat(certificates.put(shop.id(), List.of(WWW, ANY), FIRST, END, ADA)).isTrue();
    String before = requireNonNull(certificates.served().get(WWW));
    assertThat(certificates.put(shop.id(), List.of(WWW), SECOND, END, ADA)).isTrue();
    assertThat(certificates.find(before)).isEmpty();
    assertThat(served(WWW)).isEqualTo(SECOND);
    assertThat(served(ANY)).isEqualTo(FIRST);
    assertThat(certificates.list(shop.id()))
        .extracting(AppCertificate::domain)
        .containsExactly(ANY, WWW);

    fixture.stores.domains().remove(shop.id(), WWW, ADA);
    assertThat(certificates.remove(blog.id(), ANY, ADA)).isFalse();
    assertThat(certificates.served()).containsOnlyKeys(ANY);
    assertThat(certificates.remove(shop.id(), ANY, ADA)).isTrue();
    assertThat(certificates.served()).isEmpty();
    assertThat(fixture.stores.events().list(shop.id(), Optional.empty(), 1))
        .extracting(RecordedEvent::event)
        .containsExactly(new AppEvent.CertificateRemoved(ANY.value()));
  }

  @Test
  void haveKeysThatAreStoredEncrypted() throws Exception {
    App shop = shop();
    certificates.put(shop.id(), List.of(WWW), FIRST, END, ADA);
    String stored =
        Jdbi.create(database.source(database.at(directory)))
            .withHandle(sql ->
                sql.select("SELECT private_key FROM app_certificate").mapTo(String.class).one());
    assertThat(stored).startsWith("v1:").doesNotContain("first key");
  }

  @Test
  void sayOnceThatTheyExpireAndOnceThatTheyHave() throws Exception {
    App shop = shop();
    certificates.put(shop.id(), List.of(WWW), FIRST, END, ADA);
    assertThat(certificates.warn(END.minusSeconds(20), END.minusSeconds(10))).isZero();
    assertThat(certificates.warn(END.minusSeconds(10), END)).isEqualTo(1);
    assertThat(certificates.warn(END.minusSeconds(10), END)).isZero();
    assertThat(certificates.warn(END, END.plusSeconds(10))).isEqualTo(1);
    assertThat(certificates.warn(END, END.plusSeconds(10))).isZero();
    assertThat(fixture.stores.events().list(shop.id(), Optional.empty(), 2))
        .extracting(RecordedEvent::event)
        .containsExactly(
            new AppEvent.CertificateExpired(WWW.value(), END),
            new AppEvent.CertificateExpiring(WWW.value(), END));
    certificates.put(shop.id(), List.of(WWW), SECOND, END.plusSeconds(100), ADA);
    assertThat(certificates.warn(END, END.plusSeconds(10))).isZero();
    assertThat(certificates.warn(END, END.plusSeconds(100))).isEqualTo(1);
  }
}
