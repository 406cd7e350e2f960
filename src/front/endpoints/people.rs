//! When teammates work and when they are off.

use serde_json::{Value, json};

use crate::front::{
    client::Endpoint,
    id::{ShiftId, TeamId, TeammateId, TimeOffId},
    model::{Shift, Teammate, TimeOff},
    page::Page,
    path::Segment,
};

/// `PATCH /teammates/{teammate_id}`: whether they take assignments.
#[derive(Debug)]
pub struct SetAvailable {
    /// The teammate.
    pub teammate: TeammateId,
    /// Whether they do.
    pub available: bool,
}

impl Endpoint for SetAvailable {
    const OPERATION: &'static str = "update-teammate";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.teammate.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(json!({ "is_available": self.available }))
    }
}

/// `GET /shifts`.
#[derive(Debug)]
pub struct ListShifts;

impl Endpoint for ListShifts {
    const OPERATION: &'static str = "list-shifts";
    type Answer = Page<Shift>;
}

/// `GET /teammates/{teammate_id}/shifts`.
#[derive(Debug)]
pub struct ListShiftsOfTeammate {
    /// The teammate.
    pub teammate: TeammateId,
}

impl Endpoint for ListShiftsOfTeammate {
    const OPERATION: &'static str = "list-teammate-shifts";
    type Answer = Page<Shift>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.teammate.segment()]
    }
}

/// `GET /shifts/{shift_id}/teammates`.
#[derive(Debug)]
pub struct ListTeammatesOfShift {
    /// The shift.
    pub shift: ShiftId,
}

impl Endpoint for ListTeammatesOfShift {
    const OPERATION: &'static str = "list-shifts-teammates";
    type Answer = Page<Teammate>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.shift.segment()]
    }
}

/// Unix seconds in which a time off must be active; open-ended without.
#[derive(Clone, Copy, Debug, Default)]
pub struct Active {
    /// From when.
    pub from: Option<i64>,
    /// Until when.
    pub until: Option<i64>,
}

impl Active {
    fn query(self) -> Vec<(String, String)> {
        [
            ("q[active_from]", self.from),
            ("q[active_until]", self.until),
        ]
        .into_iter()
        .filter_map(|(name, at)| Some((name.to_owned(), at?.to_string())))
        .collect()
    }
}

/// `GET /teammates/{teammate_id}/time_offs`.
#[derive(Debug)]
pub struct ListTimeOffOfTeammate {
    /// The teammate.
    pub teammate: TeammateId,
    /// When.
    pub active: Active,
}

impl Endpoint for ListTimeOffOfTeammate {
    const OPERATION: &'static str = "list-teammate-time-offs";
    type Answer = Page<TimeOff>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.teammate.segment()]
    }
    fn query(&self) -> Vec<(String, String)> {
        self.active.query()
    }
}

/// `GET /teams/{team_id}/time_offs`.
#[derive(Debug)]
pub struct ListTimeOffOfTeam {
    /// The team.
    pub team: TeamId,
    /// When.
    pub active: Active,
}

impl Endpoint for ListTimeOffOfTeam {
    const OPERATION: &'static str = "list-team-time-offs";
    type Answer = Page<TimeOff>;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.team.segment()]
    }
    fn query(&self) -> Vec<(String, String)> {
        self.active.query()
    }
}

/// `GET /time_offs/{time_off_id}`.
#[derive(Debug)]
pub struct GetTimeOff {
    /// The time off.
    pub time_off: TimeOffId,
}

impl Endpoint for GetTimeOff {
    const OPERATION: &'static str = "get-time-off";
    type Answer = TimeOff;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.time_off.segment()]
    }
}

/// `POST /teammates/{teammate_id}/time_offs`.
#[derive(Debug)]
pub struct CreateTimeOff {
    /// The teammate.
    pub teammate: TeammateId,
    /// Name, start and end.
    pub time_off: Value,
}

impl Endpoint for CreateTimeOff {
    const OPERATION: &'static str = "create-time-off";
    type Answer = TimeOff;
    fn parameters(&self) -> Vec<Segment> {
        vec![self.teammate.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.time_off.clone())
    }
}

/// `PATCH /time_offs/{time_off_id}`.
#[derive(Debug)]
pub struct UpdateTimeOff {
    /// The time off.
    pub time_off: TimeOffId,
    /// What is set.
    pub changes: Value,
}

impl Endpoint for UpdateTimeOff {
    const OPERATION: &'static str = "update-time-off";
    type Answer = ();
    fn parameters(&self) -> Vec<Segment> {
        vec![self.time_off.segment()]
    }
    fn body(&self) -> Option<Value> {
        Some(self.changes.clone())
    }
}
