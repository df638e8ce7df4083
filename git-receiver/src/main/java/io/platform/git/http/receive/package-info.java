/**
 * Pushes (git-receive-pack) from the request to the hook: what is read, checked and unpacked,
 * within limits.
 */
@NullMarked
package io.platform.git.http.receive;

import org.jspecify.annotations.NullMarked;
