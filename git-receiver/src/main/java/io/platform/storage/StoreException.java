package io.platform.storage;

import java.io.IOException;

/** A store's failure as a sentence, and what it was. */
final class StoreException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Trouble trouble;
  private final String right;

  StoreException(String sentence, Trouble trouble, String right) {
    super(sentence);
    this.trouble = trouble;
    this.right = right;
  }

  Trouble trouble() {
    return trouble;
  }

  /** The cloud's name for the permission that is needed. */
  String right() {
    return right;
  }
}
