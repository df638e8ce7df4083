/** Access to the API server: requests, watches, its health, its errors, and users' namespaces. */
@NullMarked
package io.platform.kubernetes.client;

import org.jspecify.annotations.NullMarked;
