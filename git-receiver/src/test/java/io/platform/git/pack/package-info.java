/** Packs for tests, byte by byte. */
@NullMarked
package io.platform.git.pack;

import org.jspecify.annotations.NullMarked;
