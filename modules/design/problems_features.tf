# Streams, replicas, backups, classes, restore, import and timeouts.
# Limits: the shapes StreamViewType, TableClass, RecoveryPeriodInDays, CsvDelimiter and CsvHeader of the DynamoDB
# API; https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_reqs_bestpractices.html
locals {
  problems_features = flatten([
    for key, t in var.tables : [
      t.stream != null && !contains(["NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"], coalesce(t.stream, "-")) ? [
        "table \"${key}\", stream: \"${t.stream}\" is no view of a change; write NEW_IMAGE, OLD_IMAGE, NEW_AND_OLD_IMAGES or KEYS_ONLY."
      ] : [],
      !contains(["STANDARD", "STANDARD_INFREQUENT_ACCESS"], t.table_class) ? [
        "table \"${key}\", table_class: \"${t.table_class}\" is no table class; write STANDARD or STANDARD_INFREQUENT_ACCESS."
      ] : [],

      t.kinesis_stream == null ? [] : !contains(["MILLISECOND", "MICROSECOND"], coalesce(t.kinesis_stream.precision, "MILLISECOND")) ? [
        "table \"${key}\", kinesis_stream.precision: \"${t.kinesis_stream.precision}\" is no precision; write MILLISECOND or MICROSECOND."
      ] : [],

      t.point_in_time_recovery.days == null ? [] : concat(
        t.point_in_time_recovery.days < 1 || t.point_in_time_recovery.days > 35 || floor(t.point_in_time_recovery.days) != t.point_in_time_recovery.days ? [
          "table \"${key}\", point_in_time_recovery.days: ${t.point_in_time_recovery.days}; AWS keeps backups for 1 to 35 whole days."
        ] : [],
        !t.point_in_time_recovery.enabled ? [
          "table \"${key}\", point_in_time_recovery.days: backups are off, so there is nothing to keep; leave days out or write enabled = true."
        ] : [],
      ),

      [
        for region in keys(t.replicas) :
        "table \"${key}\", replicas.${region}: \"${region}\" is no AWS region; write one such as eu-west-1."
        if !can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]+$", region))
      ],
      length(t.replicas) > 0 && coalesce(t.stream, "-") != "NEW_AND_OLD_IMAGES" ? [
        "table \"${key}\", replicas: replication reads the stream of new and old images; write stream = \"NEW_AND_OLD_IMAGES\"."
      ] : [],
      length(t.replicas) > 0 && t.billing_mode == "PROVISIONED" && (t.autoscaling == null ? true : t.autoscaling.write == null) ? [
        "table \"${key}\", replicas: a provisioned table with replicas needs autoscaling of its writes; write autoscaling.write or billing_mode = \"PAY_PER_REQUEST\"."
      ] : [],
      length(t.replicas) > 0 && t.billing_mode == "PROVISIONED" ? [
        for name, scaling in local.index_autoscaling[key] :
        "table \"${key}\", indexes.${name}.autoscaling: a provisioned table with replicas needs autoscaling of its writes, in every index too; write autoscaling.write."
        if scaling == null ? false : scaling.write == null
      ] : [],

      t.restore != null && t.import != null ? [
        "table \"${key}\", restore: a table is made from a backup or from S3, not from both; leave out restore or import."
      ] : [],
      [for source in local.tables[key].import == null ? [] : [local.tables[key].import] : concat(
        !contains(["DYNAMODB_JSON", "ION", "CSV"], source.format) ? [
          "table \"${key}\", import.format: \"${source.format}\" is no format of an import; write DYNAMODB_JSON, ION or CSV."
        ] : [],
        !contains(["NONE", "GZIP", "ZSTD"], source.compression) ? [
          "table \"${key}\", import.compression: \"${source.compression}\" is no compression of an import; write NONE, GZIP or ZSTD."
        ] : [],
        source.csv != null && source.format != "CSV" ? [
          "table \"${key}\", import.csv: the format is ${source.format}; leave csv out or write format = \"CSV\"."
        ] : [],
        source.csv == null ? [] : !contains([",", "\t", ":", ";", "|", " "], source.csv.delimiter) ? [
          "table \"${key}\", import.csv.delimiter: \"${source.csv.delimiter}\"; AWS takes a comma, tab, colon, semicolon, pipe or space."
        ] : [],
        # The provider keeps them as a set and sends them in an order of its own, so columns would change places.
        source.csv == null ? [] : length(source.csv.headers) > 1 ? [
          "table \"${key}\", import.csv.headers: the AWS provider loses the order of ${length(source.csv.headers)} headers, and columns would be mixed up; write the header line into the files."
        ] : [],
        source.csv == null ? [] : [
          for header in source.csv.headers :
          "table \"${key}\", import.csv.headers: \"${header}\" is no header; write 1 to 65536 printable ASCII characters other than a quote and a comma."
          if !can(regex("^[\\x20-\\x21\\x23-\\x2B\\x2D-\\x7E]+$", header)) || length(header) > 65536
        ],
        length(t.local_indexes) > 0 ? [
          "table \"${key}\", import: an import cannot make local indexes; make them global (indexes) or load the items another way."
        ] : [],
      )],
      t.restore == null ? [] : t.restore.date_time == null ? [] : !can(formatdate("YYYY", t.restore.date_time)) ? [
        "table \"${key}\", restore.date_time: \"${t.restore.date_time}\" is no RFC 3339 time; write one such as 2026-01-31T12:00:00Z."
        ] : timecmp(t.restore.date_time, plantimestamp()) > 0 ? [
        "table \"${key}\", restore.date_time: ${t.restore.date_time} is to come; write a moment of the last 35 days, or leave it out for the latest."
      ] : [],

      [
        for what, time in t.timeouts :
        "table \"${key}\", timeouts.${what}: \"${time}\" is no duration; write one such as 30m or 2h."
        if time == null ? false : !can(regex("^([0-9]+(\\.[0-9]+)?(h|m|s))+$", time))
      ],
    ]
  ])
}
