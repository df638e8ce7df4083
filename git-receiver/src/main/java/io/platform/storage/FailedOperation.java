package io.platform.storage;

import java.io.IOException;

/** What was tried; makes the exception once it is known why it failed. */
@FunctionalInterface
public interface FailedOperation {
  IOException because(StoreError error);
}
