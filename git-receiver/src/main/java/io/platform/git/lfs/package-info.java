/** The contents of files that Git LFS keeps outside the repositories. */
@NullMarked
package io.platform.git.lfs;

import org.jspecify.annotations.NullMarked;
