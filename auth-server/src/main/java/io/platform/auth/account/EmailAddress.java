package io.platform.auth.account;

import io.platform.auth.account.AccountRefused.Reason;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An e-mail address, normalised: NFC, lower case, without surrounding blanks. Two spellings that
 * differ only there are one account.
 */
public record EmailAddress(String value) {

  private static final Pattern SHAPE =
      Pattern.compile("[^\\s@\\p{Cntrl}/]{1,64}@[^\\s@\\p{Cntrl}/]{1,189}");

  /** Takes what a person typed. */
  public static EmailAddress of(String typed) throws AccountRefused {
    String value = normalise(typed);
    if (!SHAPE.matcher(value).matches()) {
      throw new AccountRefused(
          Reason.INVALID, "This is not an e-mail address; give one like jane@example.com.");
    }
    return new EmailAddress(value);
  }

  static String normalise(String typed) {
    return Normalizer.normalize(typed.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }

  String localPart() {
    return value.substring(0, value.indexOf('@'));
  }

  @Override
  public String toString() {
    return value;
  }
}
