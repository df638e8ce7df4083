package io.platform.kubernetes.client;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Recognizes errors that the API server tells only in the text of a message, without a code: the
 * admission plug-in ResourceQuota answers 403 with the reason Forbidden, as everything else that is
 * not allowed, and conditions of a Deployment repeat the sentence.
 */
public enum ApiMessageText {
  /** The quota of the namespace is used up. */
  QUOTA_EXCEEDED("exceeded quota: "),
  /** The quota is new, and the namespace's use of it is not counted yet. */
  QUOTA_NOT_COUNTED("status unknown for quota: ");

  private final String text;

  ApiMessageText(String text) {
    this.text = text;
  }

  /** What the message tells; empty where it is none of these. */
  public static Optional<ApiMessageText> in(String message) {
    return Stream.of(values()).filter(known -> message.contains(known.text)).findFirst();
  }

  /** The message from this text on, which is what a person can use of it; else all of it. */
  public String from(String message) {
    int start = message.indexOf(text);
    return start < 0 ? message : message.substring(start);
  }
}
