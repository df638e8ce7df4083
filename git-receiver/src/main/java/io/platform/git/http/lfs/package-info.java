/** The Git LFS API: uploads and downloads of what LFS keeps outside the repositories. */
@NullMarked
package io.platform.git.http.lfs;

import org.jspecify.annotations.NullMarked;
