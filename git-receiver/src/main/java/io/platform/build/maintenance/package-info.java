/** Regular maintenance: resumes abandoned builds, archives logs and deletes destroyed apps. */
@NullMarked
package io.platform.build.maintenance;

import org.jspecify.annotations.NullMarked;
