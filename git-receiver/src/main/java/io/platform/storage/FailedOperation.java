package io.platform.storage;

import java.io.IOException;

/** An operation on a store; creates the exception when it fails. */
@FunctionalInterface
public interface FailedOperation {
  IOException because(StoreError error);
}
