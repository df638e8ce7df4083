/** Objects in Google Cloud Storage. */
@NullMarked
package io.platform.storage.gcs;

import org.jspecify.annotations.NullMarked;
