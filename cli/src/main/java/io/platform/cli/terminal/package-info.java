/** The terminal, and text that is safe to print on it. */
@NullMarked
package io.platform.cli.terminal;

import org.jspecify.annotations.NullMarked;
