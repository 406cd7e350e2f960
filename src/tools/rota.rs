//! Who works when: shifts and time off of some teammates, or of all, in the fewest requests.
//!
//! Front lists time off by teammate or by team, and who is on a shift by shift. A few teammates are
//! asked for one by one; for everybody it is cheaper to go through teams and shifts.

use std::sync::Arc;

use futures_util::future::try_join_all;

use super::{context::Context, error::ToolError, resolve};
use crate::front::{
    Client, Endpoint, FrontError,
    endpoints::people::{
        Active, ListShifts, ListShiftsOfTeammate, ListTeammatesOfShift, ListTimeOffOfTeam,
        ListTimeOffOfTeammate,
    },
    id::TeammateId,
    model::{Shift, Teammate, TimeOff},
    page::{Page, every},
};

/// As many are asked for one by one.
const FEW: usize = 3;

/// Pages of time off that are read of one team or teammate.
const MOST_PAGES: usize = 5;

/// A shift and those of the wanted who are on it.
pub type OnShift = (Shift, Vec<TeammateId>);

/// A time off and whose it is.
pub type Off = (TimeOff, Option<TeammateId>);

/// Those whom a caller wants to know about.
#[derive(Debug)]
pub struct Whom {
    /// Everybody in the company.
    pub all: Arc<Vec<Teammate>>,
    /// These alone.
    named: Option<Vec<TeammateId>>,
}

impl Whom {
    /// Those named, or everybody.
    pub async fn read(
        context: &Context<'_>,
        field: &str,
        given: &[String],
    ) -> Result<Self, ToolError> {
        let all = context.directory.teammates(&context.client).await?;
        let mut named = Vec::new();
        for (index, each) in given.iter().enumerate() {
            let field = format!("{field}[{index}]");
            named.push(resolve::one::<Teammate>(context, &field, each).await?.id);
        }
        Ok(Self {
            all,
            named: (!given.is_empty()).then_some(named),
        })
    }

    /// Those who are wanted, in Front's order. Who cannot sign in is wanted only by name.
    pub fn wanted(&self) -> impl Iterator<Item = &Teammate> {
        self.all.iter().filter(|teammate| match &self.named {
            Some(named) => named.contains(&teammate.id),
            None => !teammate.is_blocked,
        })
    }

    fn few(&self) -> Option<&[TeammateId]> {
        self.named.as_deref().filter(|named| named.len() <= FEW)
    }

    /// The shifts, with who is on each.
    pub async fn shifts(&self, client: &Client) -> Result<Vec<OnShift>, FrontError> {
        let Some(few) = self.few() else {
            let shifts = client.send(&ListShifts).await?.results;
            return try_join_all(shifts.into_iter().map(async |shift| {
                let endpoint = ListTeammatesOfShift {
                    shift: shift.id.clone(),
                };
                let on_it = client.send(&endpoint).await?.results;
                Ok((shift, on_it.into_iter().map(|one| one.id).collect()))
            }))
            .await;
        };
        let mut rota: Vec<OnShift> = Vec::new();
        for teammate in few {
            let endpoint = ListShiftsOfTeammate {
                teammate: teammate.clone(),
            };
            for shift in client.send(&endpoint).await?.results {
                match rota.iter_mut().find(|(known, _)| known.id == shift.id) {
                    Some((_, on_it)) => on_it.push(teammate.clone()),
                    None => rota.push((shift, vec![teammate.clone()])),
                }
            }
        }
        Ok(rota)
    }

    /// The time off in these times, the earliest first.
    pub async fn time_off(
        &self,
        context: &Context<'_>,
        active: Active,
    ) -> Result<Vec<Off>, FrontError> {
        let client = &context.client;
        let teams = match self.few() {
            Some(_) => Arc::default(),
            None => context.directory.teams(client).await?,
        };
        let lists = if teams.is_empty() {
            // Without teams there is no other way.
            try_join_all(self.wanted().map(async |teammate| {
                let teammate = teammate.id.clone();
                let of = ListTimeOffOfTeammate { teammate, active };
                let list = pages(client, &of).await?;
                let whose = Some(of.teammate);
                Ok(list.into_iter().map(|one| (one, whose.clone())).collect())
            }))
            .await?
        } else {
            try_join_all(teams.iter().map(async |team| {
                let team = team.id.clone();
                let of = ListTimeOffOfTeam { team, active };
                let list = pages(client, &of).await?;
                let whose = list.into_iter().map(|one| {
                    let whose = one.links.teammate();
                    (one, whose)
                });
                Ok(whose.collect::<Vec<_>>())
            }))
            .await?
        };
        Ok(self.sorted(lists.into_iter().flatten().collect(), active))
    }

    /// Once each, though somebody may be in two teams, and only what was asked for.
    fn sorted(&self, mut all: Vec<Off>, active: Active) -> Vec<Off> {
        let bound = |at: Option<i64>, open: f64| at.map_or(open, |at| at as f64);
        let (from, until) = (
            bound(active.from, f64::NEG_INFINITY),
            bound(active.until, f64::INFINITY),
        );
        all.retain(|(one, whose)| {
            let is_wanted = match (&self.named, whose) {
                (Some(named), Some(whose)) => named.contains(whose),
                (named, _) => named.is_none(),
            };
            is_wanted && one.overlaps(from, until)
        });
        all.sort_by(|(one, _), (other, _)| {
            let start = |time_off: &TimeOff| time_off.start_at.unwrap_or_default();
            (start(one).total_cmp(&start(other))).then_with(|| one.id.cmp(&other.id))
        });
        all.dedup_by(|(one, _), (other, _)| one.id == other.id);
        all
    }
}

async fn pages<E: Endpoint<Answer = Page<TimeOff>>>(
    client: &Client,
    of: &E,
) -> Result<Vec<TimeOff>, FrontError> {
    Ok(every(client, of, Some(100), MOST_PAGES).await?.rows)
}
