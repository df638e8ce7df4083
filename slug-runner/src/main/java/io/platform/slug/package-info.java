/** TMP. */
@NullMarked
package io.platform.slug;

import org.jspecify.annotations.NullMarked;
