#if Whole
  package import Files
  import GRDB

  /// The index of all runs in one SQLite file, for finding and comparing them.
  ///
  /// It holds nothing that the run folders do not: it can be removed and made again. Several processes may write at once (write-ahead
  /// log, writers wait for each other for up to ten seconds).
  package struct RunIndex: Sendable {
    package static let isBuilt = true

    package let path: String
    private let database: DatabasePool

    /// Opens the file, or makes it.
    ///
    /// Throws where it is no index, where another version wrote it, or where the disk refuses.
    package init(path: String) throws(NamedError) {
      self.path = path
      var configuration = Configuration()
      configuration.busyMode = .timeout(10)
      do {
        database = try DatabasePool(path: path, configuration: configuration)
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { database in
          try database.create(table: "run") { table in
            table.autoIncrementedPrimaryKey("id")
            table.column("folder", .text).notNull().unique()
          }
          try database.create(table: "fact", options: .withoutRowID) { table in
            table.column("run", .integer).notNull().references("run", onDelete: .cascade)
            table.column("name", .text).notNull()
            table.column("number", .double)
            table.column("text", .text)
            table.primaryKey(["run", "name"])
          }
          try database.create(index: "fact_name", on: "fact", columns: ["name"])
        }
        try migrator.migrate(database)
      } catch {
        throw Self.failure(path, error)
      }
    }

    /// Puts a run into the index, in place of what it held of that folder.
    package func record(_ run: RunRecord) throws(NamedError) {
      do {
        try database.write { try Self.insert(run, into: $0) }
      } catch {
        throw Self.failure(path, error)
      }
    }

    /// Puts these runs in place of all.
    package func replace(with runs: [RunRecord]) throws(NamedError) {
      do {
        try database.write { database in
          try database.execute(sql: "DELETE FROM run")
          for run in runs { try Self.insert(run, into: database) }
        }
      } catch {
        throw Self.failure(path, error)
      }
    }

    /// The runs for which a condition holds, all without one, in the order of their folders.
    ///
    /// Throws where the condition names what no run has.
    package func runs(where condition: RunCondition? = nil) throws(NamedError) -> [RunRecord] {
      Self.records(
        of: try rows(
          "run.folder, fact.name, fact.number, fact.text FROM run LEFT JOIN fact ON fact.run = run.id", where: condition))
    }

    /// The folders of these runs, without what is known of them.
    package func folders(where condition: RunCondition? = nil) throws(NamedError) -> [String] {
      try rows("run.folder FROM run", where: condition).map { $0["folder"] }
    }

    private func rows(_ selection: String, where condition: RunCondition?) throws(NamedError) -> [Row] {
      do {
        return try database.read { database in
          if let condition {
            let known = Set(try String.fetchAll(database, sql: "SELECT DISTINCT name FROM fact"))
            if let stray = condition.names.first(where: { !known.contains($0.name) && $0.name != "folder" }) {
              throw condition.error(
                "no run has a '\(stray.name)'\(Self.suggestion(for: stray.name, among: known))", at: stray.position)
            }
          }
          let (sql, arguments) = condition?.sql ?? ("1", [])
          return try Row.fetchAll(
            database, sql: "SELECT \(selection) WHERE \(sql) ORDER BY run.folder", arguments: StatementArguments(arguments))
        }
      } catch let error as NamedError {
        throw error
      } catch {
        throw Self.failure(path, error)
      }
    }

    private static func insert(_ run: RunRecord, into database: Database) throws {
      try database.execute(sql: "DELETE FROM run WHERE folder = ?", arguments: [run.folder])
      try database.execute(sql: "INSERT INTO run (folder) VALUES (?)", arguments: [run.folder])
      let id = database.lastInsertedRowID
      let statement = try database.makeStatement(sql: "INSERT INTO fact (run, name, number, text) VALUES (?, ?, ?, ?)")
      for (name, fact) in run.facts {
        switch fact {
        // SQLite knows no NaN: it is kept as a text.
        case .number(let number) where number.isNaN: try statement.execute(arguments: [id, name, nil, "nan"])
        case .number(let number): try statement.execute(arguments: [id, name, number, nil])
        case .text(let text): try statement.execute(arguments: [id, name, nil, text])
        }
      }
    }

    private static func records(of rows: [Row]) -> [RunRecord] {
      var records: [RunRecord] = []
      for row in rows {
        let folder: String = row["folder"]
        if records.last?.folder != folder { records.append(RunRecord(folder: folder, facts: [:])) }
        guard let name: String = row["name"] else { continue }
        if let number: Double = row["number"] {
          records[records.count - 1].facts[name] = .number(number)
        } else {
          records[records.count - 1].facts[name] = .text(row["text"] ?? "")
        }
      }
      return records
    }

    /// Names that hold the word, or are a letter or two away from it; without any, those that people ask for.
    private static func suggestion(for name: String, among known: Set<String>) -> String {
      let near = known.filter { other in
        other.contains(name)
          || ([Substring(other)] + other.split(whereSeparator: { "/.".contains($0) })).contains { part in
            part.hasPrefix(name) || (name.count > 3 && distance(part, name) <= name.count / 4)
          }
      }
      func rank(_ name: String) -> Int {
        asked.firstIndex { name == $0 || ($0.hasSuffix("/") && name.hasPrefix($0)) } ?? asked.count
      }
      let sorted = (near.isEmpty ? known.filter { rank($0) < asked.count } : near).sorted { (rank($0), $0) < (rank($1), $1) }
      let shown = (sorted.isEmpty ? known.sorted() : sorted).prefix(12).joined(separator: ", ")
      return shown.isEmpty ? ": the index is empty; `takt runs rebuild` reads the run folders" : "; known are such as \(shown)"
    }

    /// What runs are sought by, the likeliest first; one that ends in a stroke stands for all that begin with it.
    private static let asked = [
      "algorithm", "reward/mean", "end/", "status", "stage", "seed", "steps", "name", "training.learning-rate.peak", "start/",
      "rewards",
    ]

    /// Letters to change, add or take away, at most 60 of each name looked at.
    private static func distance(_ first: Substring, _ second: String) -> Int {
      let (first, second) = (Array(first.prefix(60)), Array(second.prefix(60)))
      var row = Array(0...second.count)
      for (i, letter) in first.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for (j, other) in second.enumerated() {
          let changed = diagonal + (letter == other ? 0 : 1)
          diagonal = row[j + 1]
          row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
        }
      }
      return row[second.count]
    }

    private static func failure(_ path: String, _ cause: any Error) -> NamedError {
      NamedError("\(path): the index of runs cannot be used (\(cause)); remove the file and run `takt runs rebuild`")
    }
  }
#endif
