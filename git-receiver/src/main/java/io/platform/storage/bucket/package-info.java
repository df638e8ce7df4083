/**
 * The parts that the stores in a cloud share: objects in a bucket, uploads in parts, retries and
 * time limits.
 */
@NullMarked
package io.platform.storage.bucket;

import org.jspecify.annotations.NullMarked;
