/** Directories of the file system. Plain Java alone: CLI and slug runner use this package. */
@NullMarked
package io.platform.commons.file;

import org.jspecify.annotations.NullMarked;
