/** Objects as files in a directory. */
@NullMarked
package io.platform.storage.directory;

import org.jspecify.annotations.NullMarked;
