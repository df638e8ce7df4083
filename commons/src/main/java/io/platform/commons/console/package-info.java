/**
 * Lines that people read in a terminal: their format, how output becomes lines, and what of them
 * may reach a terminal. Plain Java, which starts at once.
 */
@NullMarked
package io.platform.commons.console;

import org.jspecify.annotations.NullMarked;
