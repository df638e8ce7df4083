package io.platform.process.sandbox;

import io.platform.domain.ExitDetail;
import java.util.concurrent.CompletableFuture;

/** A process that writes files, and is ended where they are too large. */
interface DiskUser {
  /** Completes when it writes no more. */
  CompletableFuture<Integer> ended();

  /** SIGKILL to all of it, at once. */
  void endFor(ExitDetail why);
}
