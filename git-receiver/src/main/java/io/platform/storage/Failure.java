package io.platform.storage;

import java.io.IOException;

/** What was tried; makes the exception once it is known why it failed. */
@FunctionalInterface
interface Failure {
  IOException because(Trouble trouble);
}
