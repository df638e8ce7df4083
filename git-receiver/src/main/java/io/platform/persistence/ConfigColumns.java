package io.platform.persistence;

import io.platform.domain.AppId;
import io.platform.domain.BuildId;
import io.platform.domain.Config;
import io.platform.domain.DrainId;
import io.platform.domain.DrainUrl;
import io.platform.domain.ReleaseId;
import io.platform.persistence.database.Transaction;
import io.platform.slug.SecretSeed;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/**
 * The columns that are encrypted: config vars of an app and of its releases, URLs of log drains,
 * and keys of certificates.
 */
final class ConfigColumns {
  private final ConfigCipher cipher;

  ConfigColumns(ConfigCipher cipher) {
    this.cipher = cipher;
  }

  /** Names the place of an app's config to the cipher. */
  static String place(AppId app) {
    return "app.config " + app.value();
  }

  /** Names the place of a release's config to the cipher. */
  static String place(AppId app, ReleaseId release) {
    return "app_release.config " + app.value() + " " + release.value();
  }

  /** Names the place of a drain's URL to the cipher. */
  static String place(AppId app, DrainId drain) {
    return "log_drain.url " + app.value() + " " + drain.value();
  }

  /** Names the place of the key of a certificate to the cipher. */
  static String placeOfCertificate(AppId app, String certificate) {
    return "app_certificate.private_key " + app.value() + " " + certificate;
  }

  /** The app's config now. */
  Config ofApp(Handle sql, AppId app) {
    return sql.select("SELECT config FROM app WHERE id = ?", app.value())
        .map((row, context) -> config(place(app), row))
        .findOne()
        .orElseThrow(() -> AppRows.missing(app));
  }

  /** A release's, of a row of its table. */
  Config ofRelease(ResultSet row) throws SQLException {
    return config(
        place(new AppId(row.getString("app_id")), new ReleaseId(row.getString("id"))), row);
  }

  /** A drain's URL, of a row of its table. */
  DrainUrl ofDrain(ResultSet row) throws SQLException {
    String place = place(new AppId(row.getString("app_id")), new DrainId(row.getString("id")));
    try {
      return DrainUrl.parse(cipher.decrypt(place, row.getString("url")));
    } catch (GeneralSecurityException e) {
      throw new SQLException("%s cannot be decrypted".formatted(place), e);
    } catch (DrainUrl.Invalid e) {
      throw new SQLException("%s is no URL of a drain".formatted(place), e);
    }
  }

  /** A certificate's key, of a row of its table. */
  String ofCertificate(ResultSet row) throws SQLException {
    String place = placeOfCertificate(new AppId(row.getString("app_id")), row.getString("id"));
    try {
      return cipher.decrypt(place, row.getString("private_key"));
    } catch (GeneralSecurityException e) {
      throw new SQLException("%s cannot be decrypted".formatted(place), e);
    }
  }

  private Config config(String place, ResultSet row) throws SQLException {
    try {
      return JsonColumn.CONFIG.parse(cipher.decrypt(place, row.getString("config")));
    } catch (GeneralSecurityException e) {
      throw new SQLException("%s cannot be decrypted".formatted(place), e);
    }
  }

  /** What the column of the app holds. */
  String text(AppId app, Config config) {
    return cipher.encrypt(place(app), JsonColumn.CONFIG.text(config));
  }

  /** What the column of the release holds. */
  String text(AppId app, ReleaseId release, Config config) {
    return cipher.encrypt(place(app, release), JsonColumn.CONFIG.text(config));
  }

  /** What the column of the drain holds. */
  String text(AppId app, DrainId drain, DrainUrl url) {
    return cipher.encrypt(place(app, drain), url.reveal());
  }

  /** What the column of the certificate holds. */
  String textOfCertificate(AppId app, String certificate, String key) {
    return cipher.encrypt(placeOfCertificate(app, certificate), key);
  }

  /** Of the secrets that a build and its release make, as long as the first key stays. */
  SecretSeed secretSeed(BuildId build) {
    return new SecretSeed(cipher.derive("build.secrets " + build.value()));
  }

  /** Writes the app's config. */
  void set(Transaction tx, AppId app, Config config) {
    tx.sql().execute("UPDATE app SET config = ? WHERE id = ?", text(app, config), app.value());
    tx.changed(app);
  }
}
