/// Requests and answers of the REST interface; keys are written in snake case.
enum MLflowMessages {
  struct Name: Encodable { let name: String }

  struct Experiment: Decodable {
    let experimentId: String
    var lifecycleStage: String?
  }

  struct FoundExperiment: Decodable { let experiment: Experiment }

  struct NewRun: Encodable {
    let experimentId: String
    let runName: String
    /// Milliseconds since 1970.
    let startTime: Int64
    let tags: [Pair]
  }

  struct FoundRun: Decodable {
    struct Run: Decodable {
      let info: Info
      let data: Content?
    }
    struct Info: Decodable {
      let runId: String
      let lifecycleStage: String?
    }
    struct Content: Decodable { let metrics: [LatestMetric]? }
    struct LatestMetric: Decodable {
      let key: String
      let step: Int?
    }
    let run: Run
  }

  struct UpdatedRun: Encodable {
    enum Status: String, Encodable {
      case running = "RUNNING"
      case finished = "FINISHED"
      /// Stopped before its end, to go on later.
      case killed = "KILLED"
    }
    let runId: String
    let status: Status
    var endTime: Int64?
  }

  struct Pair: Encodable {
    let key: String
    let value: String
  }

  struct Point: Encodable {
    let key: String
    let value: Double
    /// Milliseconds since 1970.
    let timestamp: Int64
    let step: Int
  }

  struct Batch: Encodable {
    let runId: String
    var metrics: [Point] = []
    var params: [Pair] = []
  }

  struct Tag: Encodable {
    let runId: String
    let key: String
    let value: String
  }
}
