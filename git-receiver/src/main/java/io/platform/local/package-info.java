/** {@code platform up}: the whole platform in one JVM on one machine. */
@NullMarked
package io.platform.local;

import org.jspecify.annotations.NullMarked;
