/** Packs for tests, byte by byte. */
@NullMarked
package io.platform.receiver.pack;

import org.jspecify.annotations.NullMarked;
