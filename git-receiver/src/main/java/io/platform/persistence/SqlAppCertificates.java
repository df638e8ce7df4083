package io.platform.persistence;

import io.platform.domain.AppCertificate;
import io.platform.domain.AppEvent;
import io.platform.domain.AppId;
import io.platform.domain.DomainName;
import io.platform.domain.Ids;
import io.platform.domain.port.AppCertificates;
import io.platform.persistence.database.Transaction;
import io.platform.persistence.database.TransactionRunner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

final class SqlAppCertificates implements AppCertificates {
  private final TransactionRunner database;
  private final InstantSource clock;
  private final ConfigColumns encrypted;
  private final AppEventWrites events;

  SqlAppCertificates(
      TransactionRunner database,
      InstantSource clock,
      ConfigColumns encrypted,
      AppEventWrites events) {
    this.database = database;
    this.clock = clock;
    this.encrypted = encrypted;
    this.events = events;
  }

  @Override
  public List<AppCertificate> list(AppId app) {
    return database.read(sql ->
        sql.select(
                "SELECT domain, chain, not_after, created_at FROM app_certificate WHERE app_id = ? ORDER BY domain",
                app.value())
            .map((row, context) ->
                new AppCertificate(
                    new DomainName(row.getString("domain")),
                    row.getString("chain"),
                    Columns.instant(row, "not_after"),
                    Columns.instant(row, "created_at")))
            .list());
  }

  @Override
  public boolean put(
      AppId app, Collection<DomainName> domains, WithKey certificate, Instant notAfter, String by) {
    return database.write(tx -> {
      tx.lock(app);
      List<String> own =
          tx.sql()
              .select("SELECT name FROM app_domain WHERE app_id = ?", app.value())
              .mapTo(String.class)
              .list();
      if (!domains.stream().map(DomainName::value).allMatch(own::contains)) {
        return false;
      }
      domains.forEach(domain -> put(tx, app, domain, certificate, notAfter, by));
      return true;
    });
  }

  private void put(
      Transaction tx,
      AppId app,
      DomainName domain,
      WithKey certificate,
      Instant notAfter,
      String by) {
    String id = Ids.next(clock.instant());
    delete(tx, app, domain);
    tx.sql()
        .execute(
            "INSERT INTO app_certificate (id, domain, app_id, chain, private_key, not_after, created_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)",
            id,
            domain.value(),
            app.value(),
            certificate.chain(),
            encrypted.textOfCertificate(app, id, certificate.key()),
            notAfter.toEpochMilli(),
            clock.millis());
    events.add(tx, app, by, new AppEvent.CertificateAdded(domain.value(), notAfter));
  }

  private static boolean delete(Transaction tx, AppId app, DomainName domain) {
    return tx.sql()
            .execute(
                "DELETE FROM app_certificate WHERE domain = ? AND app_id = ?",
                domain.value(),
                app.value())
        == 1;
  }

  @Override
  public boolean remove(AppId app, DomainName domain, String by) {
    return database.write(tx -> {
      tx.lock(app);
      boolean had = delete(tx, app, domain);
      if (had) {
        events.add(tx, app, by, new AppEvent.CertificateRemoved(domain.value()));
      }
      return had;
    });
  }

  @Override
  public Map<DomainName, String> served() {
    return database.read(sql -> {
      Map<DomainName, String> served = new HashMap<>();
      sql.select("SELECT domain, id FROM app_certificate")
          .map((row, context) ->
              Map.entry(new DomainName(row.getString("domain")), row.getString("id")))
          .forEach(entry -> served.put(entry.getKey(), entry.getValue()));
      return served;
    });
  }

  @Override
  public Optional<WithKey> find(String id) {
    return database.read(sql ->
        sql.select("SELECT id, app_id, chain, private_key FROM app_certificate WHERE id = ?", id)
            .map(
                (row, context) -> new WithKey(row.getString("chain"), encrypted.ofCertificate(row)))
            .findOne());
  }

  /** The events of an app about the end of a certificate; each is recorded once. */
  private enum Warning {
    EXPIRING,
    EXPIRED;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Ending(AppId app, String id, String domain, Instant notAfter) {}

  @Override
  public int warn(Instant now, Instant soon) {
    return database.write(tx -> warn(tx, Warning.EXPIRED, now) + warn(tx, Warning.EXPIRING, soon));
  }

  private int warn(Transaction tx, Warning warning, Instant before) {
    List<Ending> ending =
        tx.sql()
            .select(
                "SELECT app_id, id, domain, not_after FROM app_certificate"
                    + " WHERE not_after <= ? AND coalesce(warned, '') NOT IN (?, ?) ORDER BY app_id, domain",
                before.toEpochMilli(),
                warning.word(),
                Warning.EXPIRED.word())
            .map((row, context) ->
                new Ending(
                    new AppId(row.getString("app_id")),
                    row.getString("id"),
                    row.getString("domain"),
                    Columns.instant(row, "not_after")))
            .list();
    for (Ending each : ending) {
      tx.lock(each.app());
      tx.sql()
          .execute("UPDATE app_certificate SET warned = ? WHERE id = ?", warning.word(), each.id());
      events.add(
          tx,
          each.app(),
          switch (warning) {
            case EXPIRING -> new AppEvent.CertificateExpiring(each.domain(), each.notAfter());
            case EXPIRED -> new AppEvent.CertificateExpired(each.domain(), each.notAfter());
          });
    }
    return ending.size();
  }
}
