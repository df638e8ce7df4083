/** Objects in S3, or in a store that speaks its protocol. */
@NullMarked
package io.platform.storage.s3;

import org.jspecify.annotations.NullMarked;
