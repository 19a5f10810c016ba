/** The hash-chained trail, its SQLite index, queries, export, rotation and statistics. */
module dev.stravinsky.audit {
  requires dev.stravinsky.api;
  requires dev.stravinsky.files;
  requires java.sql;
  requires org.xerial.sqlitejdbc;
  requires tools.jackson.core;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  provides dev.stravinsky.api.audit.AuditTrail.Factory with
      dev.stravinsky.audit.HashChainedTrail;
}
