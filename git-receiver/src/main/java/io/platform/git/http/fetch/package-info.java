/** Clones and fetches (git-upload-pack) within limits. */
@NullMarked
package io.platform.git.http.fetch;

import org.jspecify.annotations.NullMarked;
