/** WebSockets between users and processes: streams, terminal sizes, signals, exit codes. */
@NullMarked
package io.platform.api.attach;

import org.jspecify.annotations.NullMarked;
