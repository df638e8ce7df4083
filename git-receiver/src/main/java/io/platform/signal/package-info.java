/** Notifies waiters of changes, in this process and in the other one on the same machine. */
@NullMarked
package io.platform.signal;

import org.jspecify.annotations.NullMarked;
