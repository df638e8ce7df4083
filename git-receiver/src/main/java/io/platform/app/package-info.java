/**
 * The domain: apps, builds, releases, config and routes, their states, and the ports that more than
 * one room uses. It knows no database, no HTTP, no Kubernetes.
 */
@NullMarked
package io.platform.app;

import org.jspecify.annotations.NullMarked;
