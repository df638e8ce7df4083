package io.platform.kubernetes.client;

/**
 * Recognizes what Kubernetes tells only in the text of a message, without a code: the admission
 * plug-in ResourceQuota answers 403 with the reason Forbidden, as everything else that is not
 * allowed, and conditions of a Deployment repeat the sentence; a container runtime passes on what
 * its own call of {@code connect} failed with.
 */
public enum ApiMessageText {
  /** The quota of the namespace is used up. */
  QUOTA_EXCEEDED("exceeded quota: "),
  /** The quota is new, and the namespace's use of it is not counted yet. */
  QUOTA_NOT_COUNTED("status unknown for quota: "),
  /** Port forwarding: nothing listens on the port. Runtimes write it with and without a capital. */
  CONNECTION_REFUSED("refused");

  private final String text;

  ApiMessageText(String text) {
    this.text = text;
  }

  /** Whether the message tells this. */
  public boolean isIn(String message) {
    return message.contains(text);
  }

  /** The message from this text on, which is what a person can use of it; else all of it. */
  public String from(String message) {
    int start = message.indexOf(text);
    return start < 0 ? message : message.substring(start);
  }
}
