package io.platform.domain.port;

/** The signals that a user can send to a process. The names are those of signal(7), without SIG. */
public enum ProcessSignal {
  HUP,
  INT,
  QUIT,
  TERM,
  KILL,
  USR1,
  USR2
}
