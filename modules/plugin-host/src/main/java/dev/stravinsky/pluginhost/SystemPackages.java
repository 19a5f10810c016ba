package dev.stravinsky.pluginhost;

import java.lang.module.ModuleDescriptor.Exports;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;

/**
 * What plugins can import without any bundle that brings it: the framework's own packages, those of
 * the specifications that Declarative Services are made of, and Java's. Felix would find out the
 * first and the last by substituting one text into another for a tenth of the host's start.
 */
final class SystemPackages {
  /** A class of each JAR whose packages are lent. */
  private static final List<String> LENDERS =
      List.of(
          "org.osgi.framework.Bundle",
          "org.osgi.util.function.Function",
          "org.osgi.util.promise.Promise",
          "org.osgi.service.component.ComponentContext");

  private SystemPackages() {}

  /** As the framework's property has them. */
  static String all() throws BundleException {
    List<String> clauses = new ArrayList<>();
    for (String lender : LENDERS) {
      clauses.add(HostJar.with(lender).headers().get(Constants.EXPORT_PACKAGE));
    }
    for (Module module : ModuleLayer.boot().modules()) {
      for (Exports exports : module.getDescriptor().exports()) {
        if (!exports.isQualified()) {
          clauses.add(exports.source());
        }
      }
    }
    return String.join(",", clauses);
  }
}
