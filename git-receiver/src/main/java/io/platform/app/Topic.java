package io.platform.app;

/** What a signal is about. Signals carry no data: who gets one reads the database. */
public sealed interface Topic {
  /** A build's row or log changed. */
  record BuildChanged(BuildId build) implements Topic {}

  /** An app's row, releases or routes changed: the deployer looks again. */
  record AppChanged(AppId app) implements Topic {}
}
