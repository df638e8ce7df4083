/** The whole platform on one machine, as its users meet it. */
@NullMarked
package io.platform.local;

import org.jspecify.annotations.NullMarked;
