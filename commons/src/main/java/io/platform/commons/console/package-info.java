/** The format of the lines that people read in a terminal. Plain Java, which starts at once. */
@NullMarked
package io.platform.commons.console;

import org.jspecify.annotations.NullMarked;
