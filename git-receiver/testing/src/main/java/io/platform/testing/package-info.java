/** Real parts that the tests of several modules need; none of it is in what is installed. */
@NullMarked
package io.platform.testing;

import org.jspecify.annotations.NullMarked;
