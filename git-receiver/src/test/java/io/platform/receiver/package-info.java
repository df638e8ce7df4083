/** Pushes by the real git to a real server, with a supervisor that ends builds as it is told. */
@NullMarked
package io.platform.receiver;

import org.jspecify.annotations.NullMarked;
