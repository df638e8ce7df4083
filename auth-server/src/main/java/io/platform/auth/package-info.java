/** TMP. */
@NullMarked
package io.platform.auth;

import org.jspecify.annotations.NullMarked;
