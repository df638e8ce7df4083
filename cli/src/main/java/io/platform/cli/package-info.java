/** TMP. */
@NullMarked
package io.platform.cli;

import org.jspecify.annotations.NullMarked;
