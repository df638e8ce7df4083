/** TMP. */
@NullMarked
package io.platform.app;

import org.jspecify.annotations.NullMarked;
