/** The logs of apps on one machine: written to files, bounded, read and followed. */
@NullMarked
package io.platform.process.log;

import org.jspecify.annotations.NullMarked;
