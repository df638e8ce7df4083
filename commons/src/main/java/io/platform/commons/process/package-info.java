/** The end of processes: exit codes and signals. Plain Java, which starts at once. */
@NullMarked
package io.platform.commons.process;

import org.jspecify.annotations.NullMarked;
