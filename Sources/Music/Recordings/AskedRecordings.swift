import Files
import Foundation
import Music
import Questions
import Timelines

/// Reads questions that name the sound that they are about: a track is what the questions of one `track_id` hear.
struct AskedRecordings {
  private var tracks: [RecordedTrack] = []
  private(set) var intake: Intake
  private let forms: QuestionForms
  private var shelf: SoundShelf
  /// Question → file and line.
  private var origins: [String: String] = [:]
  /// Track → its place in `tracks`.
  private var places: [String: Int] = [:]

  init(audioFolder: String, forms: QuestionForms, intake: Intake) {
    shelf = SoundShelf(folder: audioFolder)
    self.forms = forms
    self.intake = intake
  }

  /// The tracks that these files ask about; a `track_id` of earlier files is another track.
  mutating func tracks(of files: [String]) throws -> [RecordedTrack] {
    (tracks, places) = ([], [:])
    for file in files {
      var taken = self
      try JSONLines.read(Question.self, from: URL(fileURLWithPath: file), forms: forms, refuse: { try taken.intake.refuse($0) })
      {
        line, question in
        try taken.add(question, origin: "\(file):\(line)", file: file)
      }
      self = taken
    }
    return tracks
  }

  private mutating func add(_ question: Question, origin: String, file: String) throws {
    if let first = origins[question.id] {
      throw JSONLines.Refusal("the id '\(question.id)' is already that of \(first): ids must differ")
    }
    var question = question
    if let form = forms[question.task] { question.task = form.task }
    let sound = try shelf.excerpt(of: question, beside: file)
    let length = (sound.end ?? 0) - (sound.start ?? 0)
    if !question.duration.isFinite { question.duration = length }
    question.audio = sound
    let faults = question.faults
    guard faults.isEmpty else { throw JSONLines.Refusal("question '\(question.id)' " + faults.joined(separator: "; ")) }
    if let place = places[question.trackID] {
      let track = tracks[place]
      guard track.sound == sound else {
        throw JSONLines.Refusal(
          "question '\(question.id)' hears \(sound.words), but \(track.origin) hears \(track.sound.words) by the same "
            + "track_id '\(question.trackID)': give each stretch a track_id of its own (a split keeps those of one recording together)"
        )
      }
      question.duration = track.timeline.duration
      tracks[place].questions?.append(question)
    } else {
      places[question.trackID] = tracks.count
      tracks.append(
        RecordedTrack(
          timeline: Timeline(trackID: question.trackID, duration: question.duration, lanes: [], sections: []), sound: sound,
          questions: [question], family: question.family, origin: origin))
    }
    origins[question.id] = origin
  }
}
